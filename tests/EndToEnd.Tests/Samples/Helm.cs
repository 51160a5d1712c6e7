using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>A real helm: the one on the path, or the newest that <c>./eng/test</c> unpacked under <c>.cache/helm</c>.</summary>
internal static class Helm
{
    /// <summary>Null: there is none.</summary>
    public static string? Program { get; } = Tool.PathOf("helm") ?? Unpacked();

    static string? Unpacked() => !Directory.Exists(Repository.At(".cache/helm")) ? null
        : Directory.GetDirectories(Repository.At(".cache/helm")).Where(folder => File.Exists(Path.Combine(folder, "helm")) && Version.TryParse(Path.GetFileName(folder), out _))
            .OrderByDescending(folder => Version.Parse(Path.GetFileName(folder))).Select(folder => Path.Combine(folder, "helm")).FirstOrDefault();
}
