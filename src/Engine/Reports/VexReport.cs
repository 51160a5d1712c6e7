using System.Text.Json.Serialization;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Engine.Reports;

/// <summary>What the supplier or the team states of a vulnerability in this package of this image (VEX).</summary>
/// <param name="Status">By the latest statement, of equally late ones by the most cautious; null where there are statements about the vulnerability and none is about this.</param>
/// <param name="Justification">Why it is not affected, in the word of the document's format; null where no word is given.</param>
/// <param name="Statement">Why it does no harm, or what is to be done; null where nothing is said.</param>
/// <param name="Vulnerability">The name that it is stated under; several where they mend one problem together.</param>
/// <param name="Product">As the statement names it.</param>
/// <param name="Document">The id of the document.</param>
/// <param name="Author">Who states it; null where the document does not say.</param>
/// <param name="At">When it was stated; null where nothing says.</param>
/// <param name="NotApplied">Statements about the vulnerability that do not hold here, each with why.</param>
public sealed record VexReport(
    VexStatus? Status, string? Justification, string? Statement, string? Vulnerability, string? Product, string? Document, string? Author, DateTimeOffset? At, IReadOnlyList<string> NotApplied)
{
    /// <summary>Whether it is taken out of what a policy judges.</summary>
    [JsonIgnore]
    public bool SetsAside => Status is VexStatus.NotAffected or VexStatus.Fixed;

    /// <summary>What is stated, by whom and why, in one line; null where nothing is that holds here.</summary>
    [JsonIgnore]
    public string? Sentence => Status is not { } status ? null
        : $"{status.Words()}{(Justification is null ? "" : $" ({Justification.Replace('_', ' ')})")} as {Author ?? "nobody by name"} states in {Document}{(Statement is null ? "" : $": {Statement}")}";
}
