using System.Text.Json.Serialization;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Bases;

/// <summary>The image that another was built on: the lowest layers are its, and what they brought goes away with a newer one alone.</summary>
/// <param name="Name">The reference that it goes by; null where nobody says.</param>
/// <param name="Digest">Of its manifest; of its configuration where its source keeps no manifest. Null where nobody says.</param>
/// <param name="Layers">How many of the lowest layers are its; null where that is not known, and so neither is what came from it.</param>
/// <param name="By">How it is known.</param>
public sealed record BaseImage(string? Name, Digest? Digest, int? Layers, BaseEvidence By)
{
    /// <summary>Whether it brought what came with a layer, 0 for the lowest; null where that is not known.</summary>
    public bool? Brought(int layer) => Layers is { } its ? layer < its : null;

    /// <summary>What people call it.</summary>
    [JsonIgnore]
    public string Shown => Name ?? Digest?.Short ?? "without a name";
}

/// <summary>How it is known what an image was built on.</summary>
public enum BaseEvidence
{
    /// <summary>The image says so itself, and not how many layers are the base's (OCI image specification, annotations.md).</summary>
    Annotation,

    /// <summary>The caller gave the base, and its layers are the lowest of the image.</summary>
    Given,

    /// <summary>The layers of an image that was inspected are the lowest of this one.</summary>
    KnownImage,
}
