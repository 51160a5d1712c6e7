using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>
/// An image cannot be written where it was to go: no room, no right, or a registry that refuses it. Nothing of it is to be seen there. It is told with the name
/// of the place, never with that of the image that is read.
/// </summary>
internal sealed class UnwritableImageException(string reason, string? remedy = null, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>What the caller can do about it.</summary>
    public string? Remedy { get; } = remedy;

    public FailureKind Kind { get; init; }

    /// <summary>The failure of <paramref name="place"/>.</summary>
    public Failure FailureOf(string place) => new(place, Message, Remedy) { Kind = Kind };

    /// <summary>What <paramref name="work"/> on a file or folder of the place gives.</summary>
    public static T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UnwritableImageException($"it cannot be written: {WriteProblem.Reason(e)}", RemedyOf(e), e);
        }
    }

    /// <summary>What <paramref name="ask"/> gets from a registry that is written to.</summary>
    public static async Task<T> InRegistry<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (UnreadableImageException e)
        {
            throw new UnwritableImageException(e.Message, e.Remedy, e) { Kind = e.Kind };
        }
    }

    static string RemedyOf(Exception e) => e is DirectoryNotFoundException ? "make the folder first"
        : e is NoSuchPlaceException there ? there.Remedy : "choose another place, or see to the room and the rights there";
}
