namespace Plimsoll.Engine.Advisories.Records;

/// <summary>Reads the <c>severity</c> of a record or of a package.</summary>
internal static class SeverityReader
{
    public static IReadOnlyList<SeverityClaim> Claims(ref RecordJson reader)
    {
        if (!reader.IsArray("severity"))
            return [];
        var claims = new List<SeverityClaim>();
        while (reader.NextItem())
            if (Claim(ref reader) is { } claim)
                claims.Add(claim);
        return claims.Count == 0 ? [] : claims;
    }

    static SeverityClaim? Claim(ref RecordJson reader)
    {
        if (!reader.IsObject("severity's entry"))
            return null;
        string? type = null, score = null;
        while (reader.NextProperty(out var name))
            if (name.SequenceEqual("type"u8))
                type = reader.Text("severity's type");
            else if (name.SequenceEqual("score"u8))
                score = reader.Text("severity's score");
            else
                reader.Skip();
        return type is null || score is null ? null : new SeverityClaim(type, score);
    }
}
