using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>A record as bytes. It begins with its id and when it was modified, so that these are had without reading on.</summary>
internal static class AdvisoryFormat
{
    public static void Write(ByteWriter bytes, Advisory advisory)
    {
        bytes.Text(advisory.Id);
        bytes.Moment(advisory.Modified);
        bytes.Moment(advisory.Published);
        bytes.Moment(advisory.Withdrawn);
        bytes.TextOrNull(advisory.Summary);
        bytes.Texts(advisory.Aliases);
        bytes.Texts(advisory.Upstream);
        bytes.Texts(advisory.Related);
        bytes.Texts(advisory.Streams);
        bytes.Number(advisory.IsReviewed ? 1 : 0);
        Write(bytes, advisory.Severities);
        bytes.Number(advisory.Affected.Count);
        foreach (var affected in advisory.Affected)
        {
            bytes.Text(affected.Ecosystem);
            bytes.Text(affected.Name);
            Write(bytes, affected.Ranges);
            bytes.Texts(affected.Versions);
            Write(bytes, affected.Severities);
            Write(bytes, affected.CustomRanges);
            bytes.Texts(affected.Imports);
        }
    }

    public static Advisory Read(ReadOnlySpan<byte> record)
    {
        var (advisory, rest) = Head(record);
        return advisory with { Affected = Packages(record[^rest..]) };
    }

    /// <summary>
    /// The same, but that the packages, which are the most of it, are not read before somebody asks for them: of most records only their names are
    /// wanted. Damage there shows no earlier.
    /// </summary>
    /// <param name="record">Bytes that stay what they are.</param>
    public static Advisory Open(ReadOnlyMemory<byte> record)
    {
        var (advisory, rest) = Head(record.Span);
        return advisory with { Affected = new UnreadPackages(record[^rest..]) };
    }

    /// <summary>The record with its packages read, so that damage shows here.</summary>
    public static Advisory Whole(Advisory advisory) => advisory with { Affected = [.. advisory.Affected] };

    /// <summary>The record with those of its packages that are wanted, read.</summary>
    public static Advisory Only(Advisory advisory, Func<string, string, bool> wanted) =>
        advisory with { Affected = advisory.Affected is UnreadPackages unread ? unread.Only(wanted) : [.. advisory.Affected.Where(affected => wanted(affected.Ecosystem, affected.Name))] };

    /// <summary>The packages that a record names, each by its ecosystem and name, without reading what it says of them.</summary>
    public static IReadOnlyList<(string Ecosystem, string Name)> Names(Advisory advisory) =>
        advisory.Affected is UnreadPackages unread ? unread.Names() : [.. advisory.Affected.Select(affected => (affected.Ecosystem, affected.Name))];

    // All but the packages, and how many bytes these are.
    static (Advisory Advisory, int Left) Head(ReadOnlySpan<byte> record)
    {
        var bytes = new ByteReader(record);
        var (id, modified) = (bytes.Text(), bytes.Moment() ?? DateTimeOffset.MinValue);
        var (published, withdrawn, summary) = (bytes.Moment(), bytes.Moment(), bytes.TextOrNull());
        var (aliases, upstream, related, streams) = (bytes.Texts(), bytes.Texts(), bytes.Texts(), bytes.Texts());
        var isReviewed = bytes.Number() == 1;
        var severities = Severities(ref bytes);
        return new(new Advisory(id, modified, published, withdrawn, summary, aliases, upstream, related, severities, [], streams, isReviewed), bytes.Left);
    }

    /// <summary>The packages that a record names.</summary>
    /// <param name="wanted">By ecosystem and name; null for all. What is not is passed over.</param>
    public static List<AffectedPackage> Packages(ReadOnlySpan<byte> packages, Func<string, string, bool>? wanted = null)
    {
        var bytes = new ByteReader(packages);
        var (affected, ecosystem) = (new List<AffectedPackage>(), "");
        ReadOnlySpan<byte> last = default;
        for (var left = bytes.Count(); left > 0; left--)
        {
            // Most are of the same as the one before.
            var written = bytes.Bytes();
            if (!written.SequenceEqual(last))
            {
                ecosystem = ByteReader.Text(written);
                last = written;
            }
            var name = bytes.Text();
            if (wanted?.Invoke(ecosystem, name) != false)
                affected.Add(new AffectedPackage(ecosystem, name, Ranges(ref bytes), bytes.Texts(), Severities(ref bytes)) { CustomRanges = Ranges(ref bytes), Imports = bytes.Texts() });
            else
                SkipPackage(ref bytes);
        }
        return affected;
    }

    static void SkipPackage(ref ByteReader bytes)
    {
        SkipRanges(ref bytes);
        bytes.SkipTexts();
        for (var left = bytes.Count(); left > 0; left--)
        {
            bytes.Bytes();
            bytes.Bytes();
        }
        SkipRanges(ref bytes);
        bytes.SkipTexts();
    }

    static void SkipRanges(ref ByteReader bytes)
    {
        for (var left = bytes.Count(); left > 0; left--)
        {
            bytes.Count();
            for (var more = bytes.Count(); more > 0; more--)
            {
                bytes.Count();
                bytes.Bytes();
            }
        }
    }

    /// <summary>The beginning of a record, without reading on.</summary>
    public static (string Id, DateTimeOffset Modified) Edition(ReadOnlySpan<byte> record)
    {
        var bytes = new ByteReader(record);
        return (bytes.Text(), bytes.Moment() ?? DateTimeOffset.MinValue);
    }

    static void Write(ByteWriter bytes, IReadOnlyList<SeverityClaim> claims)
    {
        bytes.Number(claims.Count);
        foreach (var (type, score) in claims)
        {
            bytes.Text(type);
            bytes.Text(score);
        }
    }

    static SeverityClaim[] Severities(ref ByteReader bytes)
    {
        var claims = new List<SeverityClaim>();
        for (var left = bytes.Count(); left > 0; left--)
            claims.Add(new(bytes.Text(), bytes.Text()));
        return [.. claims];
    }

    static void Write(ByteWriter bytes, IReadOnlyList<VersionRange> ranges)
    {
        bytes.Number(ranges.Count);
        foreach (var (kind, events) in ranges)
        {
            bytes.Number((int)kind);
            bytes.Number(events.Count);
            foreach (var (what, version) in events)
            {
                bytes.Number((int)what);
                bytes.Text(version);
            }
        }
    }

    static VersionRange[] Ranges(ref ByteReader bytes)
    {
        var ranges = new List<VersionRange>();
        for (var left = bytes.Count(); left > 0; left--)
        {
            var (kind, events) = ((RangeKind)bytes.Count(), new List<RangeEvent>());
            for (var more = bytes.Count(); more > 0; more--)
                events.Add(new((EventKind)bytes.Count(), bytes.Text()));
            ranges.Add(new(kind, events));
        }
        return [.. ranges];
    }
}
