namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>
/// Arguments that BuildKit knows by itself, for stages that name them in an ARG (Dockerfile reference, "Automatic platform ARGs in the global
/// scope").
/// </summary>
internal static class AutomaticArguments
{
    public static IReadOnlyList<string> Names { get; } =
        ["TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT", "BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT"];
}
