using System.Security.Cryptography;
using System.Text;
using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>
/// Names of advices that stay the same while lines above them come and go: made of the rule, the file and the line that it is about.
/// </summary>
internal static class AdviceNames
{
    /// <summary>One for each advice, all different.</summary>
    public static IReadOnlyList<string> Of(DockerfileReview review, string file)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. review.Advices.Select(advice =>
        {
            var name = Hash($"{advice.Rule.Id}\0{file}\0{LineOf(review, advice.Remark).Trim()}");
            var number = seen[name] = seen.GetValueOrDefault(name) + 1;
            return $"{name}:{number}";
        })];
    }

    public static string LineOf(DockerfileReview review, Remark remark) =>
        remark.Start.Line <= review.Lines.Count ? review.Lines[remark.Start.Line - 1] : "";

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
