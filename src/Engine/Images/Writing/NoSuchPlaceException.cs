namespace Plimsoll.Engine.Images.Writing;

/// <summary>No file can be where one was to be written, whatever the room and the rights.</summary>
internal sealed class NoSuchPlaceException(string reason, string remedy, Exception? cause = null) : IOException(reason, cause)
{
    /// <summary>What the caller can do about it.</summary>
    public string Remedy { get; } = remedy;
}
