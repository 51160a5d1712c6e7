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
        var bytes = new ByteReader(record);
        var (id, modified) = (bytes.Text(), bytes.Moment() ?? DateTimeOffset.MinValue);
        var (published, withdrawn, summary) = (bytes.Moment(), bytes.Moment(), bytes.TextOrNull());
        var (aliases, upstream, related, streams) = (bytes.Texts(), bytes.Texts(), bytes.Texts(), bytes.Texts());
        var isReviewed = bytes.Number() == 1;
        var severities = Severities(ref bytes);
        var affected = new List<AffectedPackage>();
        for (var left = bytes.Count(); left > 0; left--)
            affected.Add(new AffectedPackage(bytes.Text(), bytes.Text(), Ranges(ref bytes), bytes.Texts(), Severities(ref bytes)) { CustomRanges = Ranges(ref bytes), Imports = bytes.Texts() });
        return new Advisory(id, modified, published, withdrawn, summary, aliases, upstream, related, severities, affected, streams, isReviewed);
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
