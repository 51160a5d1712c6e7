using System.Buffers;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// Go: modules by SemVer with or without <c>v</c>, pseudo-versions and <c>+incompatible</c> among them; and the toolchain, whose
/// <c>go1.21rc2</c> is <c>1.21.0-rc.2</c>, as the records on <c>stdlib</c> count. What a vendor writes behind the toolchain's version
/// (<c>go1.21.3-custom</c>, <c>go1.21.3 X:boringcrypto</c>) does not count. <c>(devel)</c> is no version.
/// Source: golang.org/x/mod/semver, "Module version numbering" and "Go toolchains" in Go's documentation.
/// </summary>
internal sealed class GoVersionOrder : IVersionOrder
{
    static readonly SearchValues<char> Numbers = SearchValues.Create("0123456789.");

    const SemVerRules Rules = SemVerRules.V | SemVerRules.Short;

    public string Name => "go";

    public int Revision => 1;

    public ParsedVersion? Parse(string text)
    {
        if (!text.StartsWith("go", StringComparison.Ordinal))
            return SemVerVersion.Read(this, text, Rules) ?? OfToolchain(text, text);
        var rest = text.AsSpan(2);
        return OfToolchain(text, rest[..(rest.IndexOfAny(' ', '-') is var end and >= 0 ? end : rest.Length)]);
    }

    SemVerVersion? OfToolchain(string text, ReadOnlySpan<char> version)
    {
        var end = version.IndexOfAnyExcept(Numbers);
        if (end < 0)
            return SemVerVersion.Read(this, text, version.ToString(), SemVerRules.Short);
        var rest = version[end..];
        foreach (var stage in (ReadOnlySpan<string>)["alpha", "beta", "rc"])
        {
            if (rest.StartsWith(stage, StringComparison.Ordinal) && Digits.Are(rest[stage.Length..]))
                return SemVerVersion.Read(this, text, $"{version[..end]}{(version[..end].Count('.') == 1 ? ".0" : "")}-{stage}.{rest[stage.Length..]}", SemVerRules.None);
        }
        return null;
    }
}
