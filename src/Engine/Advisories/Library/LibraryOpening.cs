namespace Plimsoll.Engine.Advisories.Library;

/// <summary>An open library, or why there is none.</summary>
/// <param name="Problem">A sentence that begins with the path and has no full stop; null where it is open.</param>
/// <param name="IsMissing">Whether the only problem is that there is none yet.</param>
public sealed record LibraryOpening(AdvisoryLibrary? Library, string? Problem, bool IsMissing = false);

/// <summary>A part of an open library is not what was written there. Its other parts may be sound, and whatever was read of them is right.</summary>
public sealed class DamagedLibraryException(string path, Exception cause)
    : IOException($"{path} is damaged: bring the advisories anew, with --replace", cause);
