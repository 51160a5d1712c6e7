using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>One import at a time writes a library: who does has a file beside it open, which stays there.</summary>
internal static class LibraryLock
{
    /// <summary>Null where another has it.</summary>
    public static SafeFileHandle? Take(string path)
    {
        try
        {
            return File.OpenHandle($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsTaken(e))
        {
            return null;
        }
    }

    // EAGAIN of Linux and of macOS, and ERROR_SHARING_VIOLATION.
    static bool IsTaken(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
