using System.Text;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>Reviews Dockerfiles by all rules of the <see cref="RuleCatalogue"/>.</summary>
public static class Adviser
{
    /// <summary>Bytes that a Dockerfile may have; of a longer one as many and one more are enough to say so.</summary>
    public const int MostBytes = DockerfileLimits.Bytes;

    /// <param name="file">UTF-8, with or without a byte-order mark.</param>
    /// <param name="more">What is known of the file besides the rules, such as of its context; comments in the file silence it too.</param>
    public static DockerfileReview Review(ReadOnlySpan<byte> file, Func<BuildPlan, IEnumerable<Advice>>? more = null)
    {
        var (plan, problem) = BuildPlan.Read(file);
        if (plan is null)
            return new(problem, [], 0, []);
        var reviewed = ReviewedFile.Of(plan);
        var (advices, silenced) = RuleCatalogue.Run(reviewed, more?.Invoke(plan) ?? []);
        var text = Encoding.UTF8.GetString(file.StartsWith(Encoding.UTF8.Preamble) ? file[Encoding.UTF8.Preamble.Length..] : file);
        return new(null, advices, silenced, [.. text.Split('\n').Select(line => line.TrimEnd('\r'))])
        {
            Plan = plan,
            Secrets = [.. reviewed.Secrets.Select(secret => secret.Hit.Value).Where(value => value.Length > 0).Distinct().OrderByDescending(value => value.Length)],
        };
    }
}
