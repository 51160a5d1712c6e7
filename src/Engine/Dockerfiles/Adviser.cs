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
    public static DockerfileReview Review(ReadOnlySpan<byte> file)
    {
        var (plan, problem) = BuildPlan.Read(file);
        return plan is null ? new(problem, [], 0, []) : Review(file, plan, Surroundings.None);
    }

    /// <param name="plan">Of the file.</param>
    public static DockerfileReview Review(ReadOnlySpan<byte> file, BuildPlan plan, Surroundings around)
    {
        var reviewed = ReviewedFile.Of(plan);
        var (advices, silenced) = RuleCatalogue.Run(reviewed, around);
        var text = Encoding.UTF8.GetString(file.StartsWith(Encoding.UTF8.Preamble) ? file[Encoding.UTF8.Preamble.Length..] : file);
        return new(null, advices, silenced, [.. text.Split('\n').Select(line => line.TrimEnd('\r'))])
        {
            Around = around,
            Secrets = [.. reviewed.Secrets.Select(secret => secret.Hit.Value)
                .Where(value => value.Length > 0).Distinct().OrderByDescending(value => value.Length)],
        };
    }
}
