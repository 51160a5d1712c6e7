namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>How much of a context is looked at. Real ones have some thousand files; a home folder that was given by mistake has millions.</summary>
/// <param name="Entries">Files and folders that a build gets: about 50 bytes are kept for each.</param>
/// <param name="Ignored">Those that it does not get, which are only counted.</param>
/// <param name="Depth">Folders inside of one another.</param>
public sealed record ContextLimits(int Entries = 5_000_000, int Ignored = 2_000_000, int Depth = 1000);
