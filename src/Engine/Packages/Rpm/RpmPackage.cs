using System.Globalization;

namespace Plimsoll.Engine.Packages.Rpm;

/// <summary>A package out of its header.</summary>
internal static class RpmPackage
{
    public static InstalledPackage Of(RpmHeader header, string name, string version)
    {
        var release = header.Text(RpmTag.Release);
        var whole = release is null ? version : $"{version}-{release}";
        var epoch = header.Number(RpmTag.Epoch)?.ToString(CultureInfo.InvariantCulture);
        var source = header.Text(RpmTag.SourceRpm);
        return new InstalledPackage("rpm", name, epoch is null ? whole : $"{epoch}:{whole}")
        {
            Architecture = header.Text(RpmTag.Arch),
            Source = source is null ? null : SourceOf(source),
            Licences = header.Text(RpmTag.Licence) is { } licence ? [licence] : [],
            Qualifiers = [.. Qualifiers(epoch, source, header.Text(RpmTag.ModularityLabel))],
        };
    }

    static IEnumerable<KeyValuePair<string, string>> Qualifiers(string? epoch, string? source, string? module)
    {
        if (epoch is not null)
            yield return new("epoch", epoch);
        if (source is not null)
            yield return new("upstream", source);
        if (module is not null)
            yield return new("rpmmod", module);
    }

    // openssl-3.0.7-27.el9.src.rpm
    public static SourcePackage? SourceOf(string file)
    {
        const string Suffix = ".src.rpm";
        var bare = file.EndsWith(Suffix, StringComparison.Ordinal) ? file[..^Suffix.Length] : file.EndsWith(".nosrc.rpm", StringComparison.Ordinal) ? file[..^".nosrc.rpm".Length] : file;
        var release = bare.LastIndexOf('-');
        var version = release > 0 ? bare.LastIndexOf('-', release - 1) : -1;
        return version > 0 ? new SourcePackage(bare[..version], bare[(version + 1)..]) : null;
    }
}
