using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>
/// Module streams of rpm distributions: nodejs:18 and nodejs:20 are built side by side under the same package names, and a fix in one says
/// nothing of the other, however their versions compare. Records name no stream but in their summary.
/// </summary>
internal static class ModuleStreams
{
    /// <summary>Why the record is not about the package, which is of another stream, or none; null where it may be.</summary>
    public static string? OtherStream(Component component, Advisory advisory, AffectedPackage affected) => (IsModular(affected), IsModular(component)) switch
    {
        (false, false) => null,
        (true, false) => "the update is of a module, and the package is of none",
        (false, true) => $"the package is of the module {component.Stream ?? "that its release names"}, and the update is of none",
        _ => component.Stream is { } stream && advisory.Streams.Count > 0 && !advisory.Streams.Contains(stream)
            ? $"the update is of the module {string.Join(" and ", advisory.Streams)}, and the package is of {stream}" : null,
    };

    /// <summary>Whether both are of some module, and it cannot be told whether it is the same.</summary>
    public static bool IsUncertain(Component component, Advisory advisory, AffectedPackage affected) =>
        IsModular(affected) && IsModular(component) && (component.Stream is null || advisory.Streams.Count == 0);

    static bool IsModular(Component component) => component.Stream is not null || IsModular(component.Version);

    static bool IsModular(AffectedPackage affected) => affected.Ranges.SelectMany(range => range.Events).Any(e => e.Kind != EventKind.Introduced && IsModular(e.Version));

    // 18.14.2-3.module_el8.7.0+3498+d96dd34f, and module+el8 at Rocky and Red Hat.
    static bool IsModular(string version) => version.Contains(".module", StringComparison.Ordinal);
}
