using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Advisories.Records;

/// <summary>The properties of a record, in whatever order they come.</summary>
internal sealed partial class AdvisoryParts
{
    string? _id, _summary, _word, _review;
    DateTimeOffset? _modified, _published, _withdrawn;
    IReadOnlyList<string> _aliases = [], _upstream = [], _related = [];
    IReadOnlyList<SeverityClaim> _severities = [];
    IReadOnlyList<AffectedPackage> _affected = [];

    public void Property(ReadOnlySpan<byte> name, ref RecordJson reader)
    {
        switch (name)
        {
            case var _ when name.SequenceEqual("id"u8): _id = reader.Text("id", AdvisoryLimits.IdLength); break;
            case var _ when name.SequenceEqual("modified"u8): _modified = AdvisoryReader.Moment(ref reader, "modified"); break;
            case var _ when name.SequenceEqual("published"u8): _published = AdvisoryReader.Moment(ref reader, "published"); break;
            case var _ when name.SequenceEqual("withdrawn"u8): _withdrawn = AdvisoryReader.Moment(ref reader, "withdrawn"); break;
            case var _ when name.SequenceEqual("summary"u8): _summary = reader.Beginning("summary", AdvisoryLimits.SummaryLength); break;
            case var _ when name.SequenceEqual("aliases"u8): _aliases = Ids(reader.Texts("aliases")); break;
            case var _ when name.SequenceEqual("upstream"u8): _upstream = Ids(reader.Texts("upstream")); break;
            case var _ when name.SequenceEqual("related"u8): _related = Ids(reader.Texts("related")); break;
            case var _ when name.SequenceEqual("severity"u8): _severities = SeverityReader.Claims(ref reader); break;
            case var _ when name.SequenceEqual("affected"u8): _affected = AffectedReader.All(ref reader); break;
            case var _ when name.SequenceEqual("database_specific"u8): DatabaseSpecific(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    public Advisory Whole()
    {
        if (_id is not { Length: > 0 } id)
            throw new MalformedAdvisoryException("it has no id");
        if (!IsId(id))
            throw new MalformedAdvisoryException("its id has characters that no id has");
        if (_modified is not { } modified)
            throw new MalformedAdvisoryException("it does not say when it was modified");
        var upstream = UpstreamOf(id);
        // Each is looked up with all the others of its problem.
        if (Math.Max(_aliases.Count, upstream.Count) > AdvisoryLimits.Names)
            throw new MalformedAdvisoryException($"it has more than {AdvisoryLimits.Names} other names");
        List<SeverityClaim> severities = [.. _severities];
        if (_word is not null)
            severities.Add(new("severity", _word));
        if (RatingIn(_summary) is { } rating)
            severities.Add(new("summary", rating));
        return new Advisory(id, modified, _published, _withdrawn, _summary is "" ? null : _summary, _aliases, upstream, _related, severities, _affected,
            _summary is null ? [] : [.. Stream().Matches(_summary).Select(match => match.Value)],
            !string.Equals(_review, "UNREVIEWED", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The word of a vendor that a summary begins with; null where it does not.</summary>
    public static string? RatingIn(string? summary) => summary is not null && Rated().Match(summary) is { Success: true } rated ? rated.Groups[1].Value : null;

    // By the schema (OSV schema, the fields aliases and upstream) an update of a distribution names the vulnerabilities that it mends as its upstream.
    // That field is younger than some of the databases, which have "related" alone for it: all 4,428 updates of AlmaLinux that name CVEs have them
    // there. An update is related to a CVE in no other way; the records that are about one CVE each are, and keep it. It merges nothing.
    IReadOnlyList<string> UpstreamOf(string id) =>
        _upstream.Count == 0 && Update().IsMatch(id) && !_aliases.Any(IsCve) && _related.Where(IsCve).ToList() is { Count: > 0 } mended ? mended : _upstream;

    static bool IsCve(string id) => id.StartsWith("CVE-", StringComparison.Ordinal);

    // Some records relate to the address of a page; an alias that is no id, such as an empty one, would make one problem of many.
    static IReadOnlyList<string> Ids(IReadOnlyList<string> texts) => texts.All(IsId) ? texts : [.. texts.Where(IsId)];

    /// <summary>Ids stand in addresses, file names and lines of logs.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= AdvisoryLimits.IdLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && !text.AsSpan().ContainsAny('/', '\\');

    void DatabaseSpecific(ref RecordJson reader)
    {
        if (!reader.IsObjectIfAny())
            return;
        while (reader.NextProperty(out var name))
            if (name.SequenceEqual("severity"u8))
                _word = reader.TextIfAny();
            else if (name.SequenceEqual("review_status"u8))
                _review = reader.TextIfAny();
            else
                reader.Skip();
    }

    // AlmaLinux and its kin begin a summary with the vendor's rating and no record of theirs has another: "Important: nodejs:18 security update".
    [GeneratedRegex("^(Critical|Important|Moderate|Low): ", RegexOptions.CultureInvariant)]
    private static partial Regex Rated();

    // AlmaLinux, Rocky Linux, Red Hat, SUSE, Mageia.
    [GeneratedRegex("^(AL[SBE]A|RL[SBE]A|RXSA|RH[SBE]A|(open)?SUSE-SU|MGASA)-", RegexOptions.CultureInvariant)]
    private static partial Regex Update();

    [GeneratedRegex(@"(?<![\w:+.-])[a-z0-9][\w+.-]*:[A-Za-z0-9][\w.+-]*(?=[\s,;]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Stream();
}
