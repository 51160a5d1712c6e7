using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

/// <summary>The parts of the name of a base image.</summary>
/// <param name="Name">Without the registry and the folders: <c>debian</c>.</param>
internal sealed record BaseName(string Name, string? Tag, string? Digest)
{
    /// <summary>Null where a stage begins from another stage, or from what only whoever builds can name.</summary>
    public static BaseName? Of(BuildStage stage)
    {
        if (stage.Image is not { } image || image.Contains('$', StringComparison.Ordinal))
            return null;
        var at = image.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : image[(at + 1)..];
        var name = RunCall.NameOf(at < 0 ? image : image[..at]);
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return new(colon < 0 ? name : name[..colon], colon < 0 ? null : name[(colon + 1)..], digest);
    }
}
