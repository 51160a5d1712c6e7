namespace Plimsoll.Client;

/// <summary>A file of an image, or a directory, link or device.</summary>
/// <param name="Path">From the root, without a leading slash. Bytes that are not UTF-8 are written <c>\xHH</c>.</param>
/// <param name="Change">What the layer that was asked for did: <c>added</c>, <c>changed</c> or <c>removed</c>; null where no layer was.</param>
/// <param name="Type"><c>file</c>, <c>hardLink</c>, <c>symbolicLink</c>, <c>characterDevice</c>, <c>blockDevice</c>, <c>directory</c> or <c>fifo</c>.</param>
/// <param name="Mode">Four octal digits.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Layer">The layer that it comes from, 0 for the lowest.</param>
/// <param name="Target">Of a link.</param>
/// <param name="HiddenBy">The layer that overwrote or deleted it; null for what can be seen.</param>
/// <param name="How"><c>overwritten</c>, <c>deleted</c> or <c>metadataCopy</c>; null for what can be seen.</param>
public sealed record FileBody(
    string Path, string? Change, string Type, string Mode, int Uid, int Gid, long Size, int Layer, DateTimeOffset Modified, string? Target, int? HiddenBy, string? How);
