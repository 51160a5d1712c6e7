namespace Plimsoll.Engine.Licences;

/// <summary>
/// The identifiers of the SPDX licence list (SPDX 2.3, annex A), deprecated ones too. They are matched without regard to case
/// (annex D.2) and given back as the list writes them.
/// </summary>
internal static class SpdxList
{
    /// <summary>Major and minor version of the list, as an SPDX document names it.</summary>
    public const string Version = "3.29";

    static readonly Lazy<(IReadOnlyDictionary<string, string> Licences, IReadOnlyDictionary<string, string> Exceptions)> Ids = new(Read);

    public static string? Licence(string text) => Ids.Value.Licences.GetValueOrDefault(text);

    public static string? Exception(string text) => Ids.Value.Exceptions.GetValueOrDefault(text);

    // Two lists of lines, each under a line that starts with a number sign.
    static (IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>) Read()
    {
        var licences = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var exceptions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using var lines = new StreamReader(typeof(SpdxList).Assembly.GetManifestResourceStream("spdx-licences.txt")!);
        for (var headings = 0; lines.ReadLine() is { } line;)
            if (line.StartsWith('#'))
                headings++;
            else
                (headings == 1 ? licences : exceptions).Add(line, line);
        return (licences, exceptions);
    }
}
