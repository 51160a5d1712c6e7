using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class UpdateWithoutInstallCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "update-without-install", Severity.Low, "Package lists were updated in a step of their own",
        "Update and install in one RUN: the build cache keeps the old lists for ever, and later installs fail or are out of date", "CIS-DI-0007");

    // The files tell: a layer that brings fresh lists and leaves the package database as it was has updated and not installed.
    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        for (var layer = 0; layer < image.Layers.Count; layer++)
        {
            var (list, installs) = ((string?)null, false);
            foreach (var entry in image.Layers[layer].Entries)
            {
                if (list is null && entry.Size > 0 && IsList(entry.PathBytes))
                    list = entry.Path;
                installs |= IsDatabase(entry.PathBytes);
            }
            if (list is not null && !installs)
                yield return new Evidence("the layer brings package lists and installs nothing", layer, list);
        }
    }

    static bool IsList(ReadOnlySpan<byte> path) =>
        path.IsUnder("var/lib/apt/lists"u8) || path.IsUnder("var/cache/apk"u8) && path.HasParts("var/cache/apk"u8)
            && PathText.Name(path).StartsWith("APKINDEX"u8)
        || path.IsUnder("var/cache/yum"u8) || path.IsUnder("var/cache/dnf"u8) || path.IsUnder("var/cache/libdnf5"u8);

    static bool IsDatabase(ReadOnlySpan<byte> path) =>
        path.SequenceEqual("var/lib/dpkg/status"u8) || path.IsUnder("var/lib/dpkg/status.d"u8) || path.EndsWith("lib/apk/db/installed"u8)
        || path.IsUnder("var/lib/rpm"u8) || path.IsUnder("usr/lib/sysimage/rpm"u8) || path.IsUnder("usr/share/rpm"u8);
}
