using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class UvImageUnpinnedRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("uv-image-unpinned", Severity.Low,
        "uv comes from an image without a version", "Name the version: ghcr.io/astral-sh/uv:0.9.18.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) => file.Steps.SelectMany(one => one.Step switch
    {
        CopyStep { From: { } from } when IsLoose(from.Text) => [Remark.At(from, Text)],
        RunStep run => run.Mounts.Where(mount => mount.From is { } from && IsLoose(from)).Select(mount => MountRemark.At(mount, Text)),
        _ => Enumerable.Empty<Remark>(),
    });

    const string Text = "this is whatever uv is newest on that day";

    static bool IsLoose(string image)
    {
        var name = image.EndsWith(":latest", StringComparison.Ordinal) ? image[..^":latest".Length] : image;
        return name is "ghcr.io/astral-sh/uv" or "astral/uv" or "docker.io/astral/uv";
    }
}
