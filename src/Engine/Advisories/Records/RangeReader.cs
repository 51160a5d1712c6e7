namespace Plimsoll.Engine.Advisories.Records;

/// <summary>Reads the ranges of a package.</summary>
internal static class RangeReader
{
    public static IReadOnlyList<VersionRange> All(ref RecordJson reader, string what)
    {
        if (!reader.IsArray(what))
            return [];
        var ranges = new List<VersionRange>();
        while (reader.NextItem())
            if (reader.IsObject("range"))
                ranges.Add(One(ref reader));
        return ranges.Count == 0 ? [] : ranges;
    }

    static VersionRange One(ref RecordJson reader)
    {
        RangeKind? kind = null;
        IReadOnlyList<RangeEvent> events = [];
        while (reader.NextProperty(out var name))
            if (name.SequenceEqual("type"u8))
                kind = KindOf(reader.Text("range's type"));
            else if (name.SequenceEqual("events"u8))
                events = Events(ref reader);
            else
                reader.Skip();
        return kind switch
        {
            null => throw new MalformedAdvisoryException("its range has no type"),
            RangeKind.SemVer or RangeKind.Ecosystem => new VersionRange(kind.Value, events),
            _ => new VersionRange(kind.Value, []),
        };
    }

    static RangeKind? KindOf(string? type) => type switch
    {
        null => null,
        "SEMVER" => RangeKind.SemVer,
        "ECOSYSTEM" => RangeKind.Ecosystem,
        "GIT" => RangeKind.Git,
        _ => RangeKind.Other,
    };

    static List<RangeEvent> Events(ref RecordJson reader)
    {
        var events = new List<RangeEvent>();
        if (!reader.IsArray("events"))
            return events;
        while (reader.NextItem())
            if (reader.IsObject("event"))
                for (var before = events.Count; reader.NextProperty(out var name);)
                    if (EventOf(name) is not { } kind)
                        reader.Skip();
                    else if (reader.Text("event's version") is { Length: > 0 } version)
                    {
                        // Several in one object count as they do in objects of their own.
                        if (events.Count > before)
                            reader.Count();
                        events.Add(new(kind, version));
                    }
        return events;
    }

    static EventKind? EventOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("introduced"u8) ? EventKind.Introduced
        : name.SequenceEqual("fixed"u8) ? EventKind.Fixed
        : name.SequenceEqual("last_affected"u8) ? EventKind.LastAffected
        : name.SequenceEqual("limit"u8) ? EventKind.Limit : null;
}
