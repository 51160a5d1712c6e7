using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>An image cannot be written where it was to go: no room, no right, or a registry that refuses it. Nothing of it is to be seen there.</summary>
internal sealed class UnwritableImageException(string reason, string? remedy = null, Exception? cause = null) : UnreadableImageException(reason, remedy, cause)
{
    /// <summary>What <paramref name="work"/> on a file or folder gives. What the system says against it is told of <paramref name="path"/>.</summary>
    public static T Naming<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Of(path, e);
        }
    }

    static UnwritableImageException Of(string path, Exception e) => new(
        $"'{path}' cannot be written: {WriteProblem.Reason(e)}",
        e is DirectoryNotFoundException ? "make the folder first" : "choose another place, or see to the room and the rights there", e);
}
