namespace Plimsoll.Engine.Advisories.Records;

/// <summary>What ecosystems say in a way of their own, of which the schema promises nothing: what is not understood there is ignored.</summary>
internal sealed class EcosystemSpecific
{
    /// <summary>Debian's <c>urgency</c>, OSS-Fuzz's <c>severity</c>.</summary>
    public SeverityClaim? Urgency { get; private set; }

    /// <inheritdoc cref="AffectedPackage.CustomRanges"/>
    public IReadOnlyList<VersionRange> CustomRanges { get; private set; } = [];

    /// <inheritdoc cref="AffectedPackage.Imports"/>
    public IReadOnlyList<string> Imports { get; private set; } = [];

    public void Read(ref RecordJson reader)
    {
        if (!reader.IsObjectIfAny())
            return;
        while (reader.NextProperty(out var name))
            if (name.SequenceEqual("urgency"u8))
                Urgency = reader.TextIfAny() is { } urgency ? new("urgency", urgency) : null;
            else if (name.SequenceEqual("severity"u8))
                Urgency ??= reader.TextIfAny() is { } severity ? new("severity", severity) : null;
            else if (name.SequenceEqual("custom_ranges"u8))
                CustomRanges = RangeReader.All(ref reader, "custom_ranges");
            else if (name.SequenceEqual("imports"u8))
                Imports = Paths(ref reader);
            else
                reader.Skip();
    }

    static List<string> Paths(ref RecordJson reader)
    {
        var paths = new List<string>();
        if (!reader.IsArrayIfAny())
            return paths;
        while (reader.NextItem())
            if (reader.IsObjectIfAny() && PathOf(ref reader) is { } path)
                paths.Add(path);
        return paths;
    }

    static string? PathOf(ref RecordJson reader)
    {
        string? path = null;
        while (reader.NextProperty(out var name))
            if (name.SequenceEqual("path"u8))
                path = reader.TextIfAny();
            else
                reader.Skip();
        return path;
    }
}
