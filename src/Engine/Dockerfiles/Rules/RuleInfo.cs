using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>What a rule looks for. The long form is its page in <c>docs/rules</c>.</summary>
/// <param name="Id">Lower-case words with hyphens; never changes.</param>
/// <param name="Title">What is wrong when it is broken.</param>
/// <param name="Remedy">One sentence that says what to do.</param>
/// <param name="Hadolint">The code of hadolint's rule for the same; null where it has none.</param>
public sealed record RuleInfo(string Id, Severity Severity, string Title, string Remedy, string? Hadolint);
