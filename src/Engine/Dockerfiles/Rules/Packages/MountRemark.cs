using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>A remark about a mount, at the name of its flag.</summary>
internal static class MountRemark
{
    public static Remark At(RunMount mount, string text) => new(text, mount.At, mount.At with { Column = mount.At.Column + "--mount".Length });
}
