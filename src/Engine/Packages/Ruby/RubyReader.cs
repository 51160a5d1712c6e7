using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Packages.Ruby;

/// <summary>
/// Installed gems: <c>specifications/*.gemspec</c>, as RubyGems writes it (Gem::Specification#to_ruby): Ruby, of which only assignments of
/// literals are read and nothing is run.
/// </summary>
internal sealed partial class RubyReader : IPackageReader
{
    const int SpecificationBytes = 1 << 20;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => path.EndsWith(".gemspec"u8) && path.IndexOf("/specifications/"u8) is var at and > 0
        && path[(at + "/specifications/"u8.Length)..] is var rest && (rest.IndexOf((byte)'/') < 0 || rest.StartsWith("default/"u8) && rest["default/"u8.Length..].IndexOf((byte)'/') < 0);

    public PackageEvidence Read(EvidenceFile file)
    {
        var text = Encoding.UTF8.GetString(file.All(SpecificationBytes));
        if (Name().Match(text) is not { Success: true } name || Version().Match(text) is not { Success: true } version)
            return PackageEvidence.None with { Notes = [$"{file.Path}: it names no gem or no version"] };
        var platform = Platform().Match(text) is { Success: true } match && match.Groups[1].Value != "ruby" ? match.Groups[1].Value : null;
        return new PackageEvidence([new InstalledPackage("gem", name.Groups[1].Value, version.Groups[1].Value)
        {
            Licences = [.. Licences().Match(text) is { Success: true } list ? Literal().Matches(list.Groups[1].Value).Select(licence => licence.Groups[1].Value) : []],
            Qualifiers = platform is null ? [] : [new("platform", platform)],
        }], []);
    }

    [GeneratedRegex("^\\s{0,20}s(?:pec)?\\.name\\s{0,20}=\\s{0,20}[\"']([^\"'#\\r\\n]{1,200})[\"']", RegexOptions.Multiline)]
    private static partial Regex Name();

    [GeneratedRegex("^\\s{0,20}s(?:pec)?\\.version\\s{0,20}=\\s{0,20}(?:Gem::Version\\.new\\s?\\(?\\s?)?[\"']([0-9A-Za-z.+_-]{1,100})[\"']", RegexOptions.Multiline)]
    private static partial Regex Version();

    [GeneratedRegex("^\\s{0,20}s(?:pec)?\\.platform\\s{0,20}=\\s{0,20}[\"']([0-9A-Za-z._-]{1,100})[\"']", RegexOptions.Multiline)]
    private static partial Regex Platform();

    [GeneratedRegex("^\\s{0,20}s(?:pec)?\\.licenses?\\s{0,20}=\\s{0,20}(\\[[^\\]]{0,1000}\\]|[\"'][^\"'\\r\\n]{1,200}[\"'])", RegexOptions.Multiline)]
    private static partial Regex Licences();

    [GeneratedRegex("[\"']([^\"']{1,200})[\"']")]
    private static partial Regex Literal();
}
