using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>The file that a new one takes the place of. It need not be there.</summary>
public static class ReplacedFile
{
    /// <summary>Where a name leads: a link stays one, and what it leads to is replaced.</summary>
    /// <exception cref="IOException">No file can be there; the message says why.</exception>
    public static string Of(string name)
    {
        var target = LeadsTo(new FileInfo(Path.GetFullPath(name)));
        // What is served on a socket would be cut off from whoever looks for it there.
        return !SpecialFile.Is(target) ? target : throw new NoSuchPlaceException("it is no file that can be replaced", "name another file");
    }

    static string LeadsTo(FileInfo file)
    {
        try
        {
            return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)!).FullName;
        }
        catch (IOException e) when (e is not FileNotFoundException)
        {
            throw new NoSuchPlaceException(WriteProblem.Circle, "mend the links, or choose another place", e);
        }
    }
}
