using System.Text.Json.Serialization;

namespace Plimsoll.Engine.Reports;

/// <summary>Everything that one inspection found: an image for each platform of each image in the source, and what could not be inspected.</summary>
public sealed record Report(IReadOnlyList<ImageReport> Images, IReadOnlyList<Failure> Failures)
{
    /// <summary>Grows when a member changes its meaning or goes away; a new member does not change it.</summary>
    [JsonPropertyOrder(-1)]
    public int SchemaVersion { get; } = 1;
}

/// <summary>An image, or a whole source, that could not be inspected.</summary>
/// <param name="Image">The reference, path or digest that was asked for.</param>
/// <param name="Reason">One sentence without a full stop.</param>
/// <param name="Remedy">What the caller can do about it.</param>
public sealed record Failure(string Image, string Reason, string? Remedy)
{
    /// <summary>For programs that hold the failure; a written report does not have it.</summary>
    [JsonIgnore]
    public FailureKind Kind { get; init; }
}
