namespace Plimsoll.Engine.Advisories.Records;

/// <summary>Reads the <c>affected</c> of a record.</summary>
internal static class AffectedReader
{
    public static IReadOnlyList<AffectedPackage> All(ref RecordJson reader)
    {
        if (!reader.IsArray("affected"))
            return [];
        var all = new List<AffectedPackage>();
        while (reader.NextItem())
            if (One(ref reader) is { } affected)
                all.Add(affected);
        return all;
    }

    // An entry may be about a repository alone, and then it names no package.
    static AffectedPackage? One(ref RecordJson reader)
    {
        if (!reader.IsObject("affected's entry"))
            return null;
        (string Ecosystem, string Name)? package = null;
        IReadOnlyList<VersionRange> ranges = [];
        IReadOnlyList<string> versions = [];
        IReadOnlyList<SeverityClaim> severities = [];
        var own = new EcosystemSpecific();
        while (reader.NextProperty(out var name))
            if (name.SequenceEqual("package"u8))
                package = Package(ref reader);
            else if (name.SequenceEqual("ranges"u8))
                ranges = RangeReader.All(ref reader, "ranges");
            else if (name.SequenceEqual("versions"u8))
                versions = reader.Texts("versions");
            else if (name.SequenceEqual("severity"u8))
                severities = SeverityReader.Claims(ref reader);
            else if (name.SequenceEqual("ecosystem_specific"u8))
                own.Read(ref reader);
            else
                reader.Skip();
        return package is not var (ecosystem, of) ? null : new AffectedPackage(ecosystem, of, ranges, versions, own.Urgency is null ? severities : [.. severities, own.Urgency])
        {
            CustomRanges = own.CustomRanges,
            Imports = own.Imports,
        };
    }

    static (string, string)? Package(ref RecordJson reader)
    {
        if (!reader.IsObject("package"))
            return null;
        string? ecosystem = null, of = null;
        while (reader.NextProperty(out var name))
            if (name.SequenceEqual("ecosystem"u8))
                ecosystem = reader.Text("ecosystem");
            else if (name.SequenceEqual("name"u8))
                of = reader.Text("package's name");
            else
                reader.Skip();
        return ecosystem is { Length: > 0 } && of is { Length: > 0 } ? (ecosystem, of)
            : throw new MalformedAdvisoryException("its package has no ecosystem or no name");
    }
}
