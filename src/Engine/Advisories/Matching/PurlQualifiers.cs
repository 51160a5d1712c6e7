namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>Reads back the qualifiers of a package URL (ECMA-427) that this engine wrote.</summary>
internal static class PurlQualifiers
{
    /// <summary>Null where it has no such qualifier.</summary>
    public static string? Of(string purl, string key)
    {
        var start = purl.IndexOf('?', StringComparison.Ordinal);
        if (start < 0)
            return null;
        foreach (var pair in purl[(start + 1)..].Split('&'))
            if (pair.Length > key.Length && pair[key.Length] == '=' && pair.StartsWith(key, StringComparison.Ordinal))
                return Uri.UnescapeDataString(pair[(key.Length + 1)..]);
        return null;
    }
}
