namespace Plimsoll.Engine.Optimizing;

/// <summary>A path that went because its category was not wanted.</summary>
/// <param name="Bytes">Of content that only it had.</param>
public sealed record DroppedPath(string Path, DropCategory Category, long Bytes, int Layer);
