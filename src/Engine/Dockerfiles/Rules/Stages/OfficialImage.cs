using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

/// <summary>
/// Bases of which it is known how they behave: the official images of Docker, which start whatever command they are given, and images that are made
/// like them.
/// </summary>
internal static class OfficialImage
{
    static readonly string[] Registries = ["docker.io/", "index.docker.io/", "public.ecr.aws/docker/", "mirror.gcr.io/"];

    static readonly string[] Alike = ["mcr.microsoft.com/dotnet/", "nvidia/cuda:"];

    // Those that set a user of their own.
    static readonly HashSet<string> WithUser = new(StringComparer.Ordinal)
    {
        "elasticsearch", "haproxy", "jenkins", "kibana", "kong", "logstash", "memcached",
        "open-liberty", "rocket.chat", "solr", "sonarqube", "spark", "varnish", "websphere-liberty",
    };

    static readonly string[] Rootless = ["nonroot", "non-root", "rootless", "unprivileged", "chiseled", "-distroless"],
    Windows = ["windows", "nanoserver", "servercore"];

    /// <summary>Whether a command that it is given is what starts, on Linux.</summary>
    public static bool RunsWhatItIsGiven(BuildStage lowest) => lowest.Image is { } image && IsKnown(image) && !Has(image, Windows);

    /// <summary>Whether it leaves root as the user.</summary>
    public static bool LeavesRoot(BuildStage lowest) => lowest.Image is { } image && !Has(image, Rootless) && !Has(image, Windows)
        && (image.StartsWith("gcr.io/distroless/", StringComparison.Ordinal)
            || IsKnown(image) && !(BaseName.Of(lowest) is { } name && WithUser.Contains(name.Name)));

    static bool IsKnown(string image)
    {
        var registry = Registries.FirstOrDefault(known => image.StartsWith(known, StringComparison.Ordinal)) ?? "";
        var name = image[registry.Length..];
        return !name.Contains('$', StringComparison.Ordinal) && (Alike.Any(alike => image.StartsWith(alike, StringComparison.Ordinal))
            || !(name.StartsWith("library/", StringComparison.Ordinal) ? name["library/".Length..] : name)
                .Split('@')[0].Contains('/', StringComparison.Ordinal));
    }

    static bool Has(string image, string[] parts) => parts.Any(part => image.Contains(part, StringComparison.Ordinal));
}
