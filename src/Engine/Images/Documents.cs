using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images;

/// <summary>A pointer to a blob (OCI image specification, descriptor.md).</summary>
internal sealed record Descriptor(
    string? MediaType, string? Digest, long Size, PlatformDocument? Platform, IReadOnlyDictionary<string, string>? Annotations, string? ArtifactType);

internal sealed record PlatformDocument(string? Os, string? Architecture, string? Variant);

/// <summary>An OCI index or Docker manifest list, or an OCI or Docker manifest: told apart by what it holds (image-index.md, manifest.md).</summary>
internal sealed record ManifestDocument(
    int SchemaVersion, string? MediaType, IReadOnlyList<Descriptor>? Manifests, Descriptor? Config, IReadOnlyList<Descriptor>? Layers,
    string? ArtifactType, IReadOnlyDictionary<string, string>? Annotations);

/// <summary>One element of <c>manifest.json</c> in a docker archive. Some writers use lower-case keys.</summary>
internal sealed record ArchiveManifest(string? Config, IReadOnlyList<string>? RepoTags, IReadOnlyList<string>? Layers);

internal sealed record ConfigDocument(
    string? Architecture, string? Os, string? Variant, DateTimeOffset? Created, ContainerDocument? Config, RootFsDocument? Rootfs, IReadOnlyList<HistoryDocument?>? History);

internal sealed record ContainerDocument(
    string? User, IReadOnlyList<string>? Entrypoint, IReadOnlyList<string>? Cmd, IReadOnlyList<string>? Env,
    IReadOnlyDictionary<string, JsonElement>? ExposedPorts, IReadOnlyDictionary<string, JsonElement>? Volumes, IReadOnlyDictionary<string, string>? Labels,
    string? WorkingDir, string? StopSignal, HealthDocument? Healthcheck);

/// <summary>Times are in nanoseconds.</summary>
internal sealed record HealthDocument(IReadOnlyList<string>? Test, long? Interval, long? Timeout, long? StartPeriod, int? Retries);

internal sealed record RootFsDocument([property: JsonPropertyName("diff_ids")] IReadOnlyList<string>? DiffIds);

internal sealed record HistoryDocument(
    [property: JsonPropertyName("created_by")] string? CreatedBy, [property: JsonPropertyName("empty_layer")] bool EmptyLayer, DateTimeOffset? Created, string? Comment);

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, MaxDepth = 32)]
[JsonSerializable(typeof(ManifestDocument))]
[JsonSerializable(typeof(ArchiveManifest[]))]
[JsonSerializable(typeof(ConfigDocument))]
internal sealed partial class Documents : JsonSerializerContext
{
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new UnreadableImageException($"{what} is empty");
        }
        catch (JsonException e)
        {
            throw new UnreadableImageException($"{what} is not valid JSON of its kind (at {e.Path ?? "$"}, line {e.LineNumber + 1})", null, e);
        }
    }
}
