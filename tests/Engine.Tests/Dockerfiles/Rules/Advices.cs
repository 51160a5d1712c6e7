using System.Text;
using Plimsoll.Engine.Dockerfiles;

namespace Plimsoll.Engine.Tests.Dockerfiles.Rules;

/// <summary>What is said of a text.</summary>
internal static class Advices
{
    public static DockerfileReview Review(string text)
    {
        var review = Adviser.Review(Encoding.UTF8.GetBytes(text));
        Assert.True(review.Problem is null, $"{review.Problem?.At} {review.Problem?.Reason}");
        return review;
    }

    public static IReadOnlyList<string> Rules(string text) => [.. Review(text).Advices.Select(advice => advice.Rule.Id)];

    /// <summary>Where a rule speaks.</summary>
    public static IReadOnlyList<string> Places(string text, string rule) => [.. Review(text).Advices.Where(advice => advice.Rule.Id == rule).Select(advice => $"{advice.Remark.Start}-{advice.Remark.End}")];
}
