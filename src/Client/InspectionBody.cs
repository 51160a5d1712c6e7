using System.Text.Json.Serialization;
using Plimsoll.Engine.Bases;

namespace Plimsoll.Client;

/// <summary>What to inspect: a reference or an upload, not both.</summary>
/// <param name="Image">A registry reference, such as <c>registry.example/shop/web:1.4</c>.</param>
/// <param name="Upload">The digest of an upload that the service has.</param>
/// <param name="Platforms">Such as <c>linux/arm64</c>; null or empty: every platform of the image.</param>
/// <param name="Credentials">For the registry. They are kept encrypted until the inspection ends, and never shown.</param>
public sealed record InspectionRequestBody(string? Image = null, string? Upload = null, IReadOnlyList<string>? Platforms = null, CredentialsBody? Credentials = null);

/// <summary>A login at a registry.</summary>
public sealed record CredentialsBody(string Username, string Password);

/// <summary>An inspection as the service tells it.</summary>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Image">The reference; null for an upload.</param>
/// <param name="Upload">The digest of the upload; null for a reference.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Error">Why it failed, or why its last attempt did.</param>
/// <param name="Remedy">What the submitter can do about it.</param>
/// <param name="Images">What it found: digests of images that <c>/v1/images</c> knows.</param>
public sealed record InspectionBody(
    Guid Id, string State, string? Image, string? Upload, IReadOnlyList<string>? Platforms, string Submitter, int Attempts, DateTimeOffset SubmittedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Error, string? Remedy, IReadOnlyList<string> Images);

/// <summary>One page of a list.</summary>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>An image in a list.</summary>
/// <param name="Size">Bytes of all files of all layers.</param>
/// <param name="Base">What it was built on, as far as that is known. It is looked up, and told, only of one image that is asked for by itself.</param>
public sealed record ImageBody(
    string Digest, string? Reference, string Platform, long Size, int Findings, int Packages, DateTimeOffset InspectedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BaseImage? Base = null);

/// <summary>One event of an inspection: its state, or how far a layer is.</summary>
public sealed record EventBody(InspectionBody? Inspection, LayerStepBody? Layer);

/// <summary>How far one layer of a running inspection is.</summary>
/// <param name="Layer">The first digits of its digest.</param>
/// <param name="Read">Bytes read so far.</param>
/// <param name="Total">Null where the source does not say.</param>
public sealed record LayerStepBody(string Layer, long Read, long? Total);
