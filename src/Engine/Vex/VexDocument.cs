namespace Plimsoll.Engine.Vex;

/// <summary>
/// What a supplier or a team states of vulnerabilities (VEX): an OpenVEX document (0.0.1 to 0.2), a CSAF 2 document with statuses of products, or a CycloneDX document
/// (1.4 to 1.6) with analyses.
/// </summary>
/// <param name="Id">Names it among all documents; the digest of its bytes where it has no name.</param>
/// <param name="Format"><c>OpenVEX</c>, <c>CSAF</c> or <c>CycloneDX</c>.</param>
/// <param name="Author">Who states it; null where it does not say.</param>
/// <param name="At">When it was last changed; null where it does not say.</param>
/// <param name="Version">Grows with each change; null where it has none.</param>
/// <param name="Statements">Those that can be used.</param>
/// <param name="Unusable">Those that cannot, and why: the first <see cref="VexLimits.UnusableNamed"/>.</param>
/// <param name="UnusableCount">How many cannot.</param>
public sealed record VexDocument(
    string Id, string Format, string? Author, DateTimeOffset? At, string? Version, IReadOnlyList<VexStatement> Statements, IReadOnlyList<UnusableStatement> Unusable, int UnusableCount)
{
    /// <inheritdoc cref="IsNewerThan(string?, DateTimeOffset?)"/>
    public bool IsNewerThan(VexDocument other) => IsNewerThan(other.Version, other.At);

    /// <summary>Whether this takes the place of another state of the document: by their versions, and by their times where these are equal.</summary>
    public bool IsNewerThan(string? version, DateTimeOffset? at) => CompareVersions(Version, version) switch
    {
        0 => At > at || At is not null && at is null,
        var order => order > 0,
    };

    // Whole numbers, or numbers with dots (CSAF 2.0, 3.1.11); a draft, 1.0.0-1, is before 1.0.0.
    static int CompareVersions(string? one, string? other)
    {
        var (first, second) = (Numbers(one), Numbers(other));
        for (var i = 0; i < Math.Max(first.Count, second.Count); i++)
            if (first.ElementAtOrDefault(i).CompareTo(second.ElementAtOrDefault(i)) is not 0 and var order)
                return order;
        return IsDraft(other).CompareTo(IsDraft(one));
    }

    static List<long> Numbers(string? version) => [.. (version ?? "").Split('+')[0].Split('-')[0].Split('.').Select(part => long.TryParse(part, out var number) ? number : 0)];

    static bool IsDraft(string? version) => version?.Split('+')[0].Contains('-', StringComparison.Ordinal) is true;
}

/// <summary>One statement of a document.</summary>
/// <param name="Vulnerabilities">The names of the one vulnerability that it is about; at least one.</param>
/// <param name="Justification">Why it is not affected, in the word of the format, such as <c>vulnerable_code_not_present</c>; null where no word is given.</param>
/// <param name="Text">Why it does no harm, what is to be done, or what else was noted; null where nothing is.</param>
/// <param name="At">When it was last changed; the document's where it does not say.</param>
public sealed record VexStatement(
    IReadOnlyList<string> Vulnerabilities, IReadOnlyList<VexProduct> Products, VexStatus Status, string? Justification, string? Text, DateTimeOffset? At);

/// <summary>What a statement is about.</summary>
/// <param name="Ids">What it is known by, each of them alone: package URLs, digests of an image, references to one.</param>
/// <param name="Components">Package URLs of what in it is meant; empty: all of it.</param>
/// <param name="Within">The platform that it runs on, where that is told by nothing that can be compared; null for none.</param>
public sealed record VexProduct(IReadOnlyList<string> Ids, IReadOnlyList<string> Components, string? Within = null);

/// <param name="Number">Its place in the document, from 1.</param>
/// <param name="Vulnerability">A name of what it is about; null where it has none that can be read.</param>
/// <param name="Reason">As "it …": one sentence without a full stop.</param>
public sealed record UnusableStatement(int Number, string? Vulnerability, string Reason);

/// <summary>A document as it was read, or why it is refused as a whole.</summary>
/// <param name="Document">Null where it is refused.</param>
/// <param name="Refusal">As "it …"; null where it is not refused.</param>
public sealed record VexReading(VexDocument? Document, string? Refusal);
