using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

/// <summary>One hardening rule: a function of an image that is already read. No I/O, no clock.</summary>
internal interface ICheck
{
    CheckInfo Info { get; }

    /// <summary>The places where the image breaks the rule; none when it holds.</summary>
    IEnumerable<Evidence> Run(InspectedImage image);
}

/// <summary>What a check looks for. The long form is its page in <c>docs/checks</c>.</summary>
/// <param name="Id">Lower-case words with hyphens; never changes.</param>
/// <param name="Title">What is wrong when it fails.</param>
/// <param name="Remedy">One sentence that says what to do.</param>
/// <param name="Code">The CIS Docker Benchmark or Dockle code that it corresponds to; null when there is none.</param>
public sealed record CheckInfo(string Id, Severity Severity, string Title, string Remedy, string? Code);

/// <summary>Where an image breaks a check.</summary>
/// <param name="Text">What was seen. Never a secret value.</param>
/// <param name="Severity">Where it differs from the check's own.</param>
internal sealed record Evidence(string Text, int? Layer = null, string? Path = null, long? Bytes = null, Severity? Severity = null);
