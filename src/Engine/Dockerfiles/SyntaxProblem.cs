namespace Plimsoll.Engine.Dockerfiles;

/// <summary>Why a Dockerfile cannot be built.</summary>
/// <param name="Reason">A sentence without a full stop.</param>
public sealed record SyntaxProblem(TextPosition At, string Reason);

/// <summary>Ends the reading of a file; whoever asked for it gets the problem.</summary>
internal sealed class DockerfileSyntaxException(TextPosition at, string reason) : Exception(reason)
{
    public SyntaxProblem Problem { get; } = new(at, reason.Length <= DockerfileLimits.Reason ? reason
        : $"{reason[..(char.IsHighSurrogate(reason[DockerfileLimits.Reason - 1]) ? DockerfileLimits.Reason - 1 : DockerfileLimits.Reason)]}…");
}
