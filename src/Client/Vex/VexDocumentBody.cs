using Plimsoll.Engine.Vex;

namespace Plimsoll.Client.Vex;

/// <summary>A document of statements on vulnerabilities (VEX) that a service has.</summary>
/// <param name="Id">What the service knows it by.</param>
/// <param name="DocumentId">What it calls itself; a newer state of it has the same.</param>
/// <param name="Format"><c>OpenVEX</c>, <c>CSAF</c> or <c>CycloneDX</c>.</param>
/// <param name="Author">Who states it; null where it does not say.</param>
/// <param name="Version">Null where it has none.</param>
/// <param name="At">When it was last changed, as it says itself; null where it does not.</param>
/// <param name="Statements">Those that can be used.</param>
/// <param name="NotUsed">Those that cannot.</param>
/// <param name="Submitter">The token that sent it.</param>
public sealed record VexDocumentBody(
    string Id, string DocumentId, string Format, string? Author, string? Version, DateTimeOffset? At, int Statements, int NotUsed, string Submitter, DateTimeOffset ReceivedAt);

/// <summary>What became of a document that was sent.</summary>
/// <param name="Changed">False where it was there already, byte for byte.</param>
/// <param name="NotUsed">The first hundred statements that cannot be used, and why.</param>
public sealed record VexReceiptBody(VexDocumentBody Document, bool Changed, IReadOnlyList<UnusableStatement> NotUsed);
