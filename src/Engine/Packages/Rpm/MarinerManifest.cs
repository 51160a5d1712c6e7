namespace Plimsoll.Engine.Packages.Rpm;

/// <summary>
/// The packages of a distroless CBL-Mariner or Azure Linux image, which has no rpm database: a line for each, the columns parted by tabs, name,
/// version-release, install time, build time, vendor, epoch, size, architecture, epoch number, source package.
/// </summary>
internal static class MarinerManifest
{
    public static PackageEvidence Read(string path, string text)
    {
        var (packages, notes) = (new List<InstalledPackage>(), new FileNotes(path));
        foreach (var line in TextLines.Of(text).Where(line => line.Length > 0))
            if (line.TrimEnd('\r').Split('\t') is [{ Length: > 0 } name, { Length: > 0 } version, _, _, _, _, _, var architecture, var epoch, var source, ..])
                packages.Add(new InstalledPackage("rpm", name, epoch is "" or "0" or "(none)" ? version : $"{epoch}:{version}")
                {
                    Architecture = architecture is "" or "(none)" ? null : architecture,
                    Source = RpmPackage.SourceOf(source),
                    Qualifiers = source.EndsWith(".rpm", StringComparison.Ordinal) ? [new("upstream", source)] : [],
                });
            else
                notes.Add("a line without a package name or version was left out");
        return new PackageEvidence(packages, notes.ToList());
    }
}
