namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>A source of a COPY or ADD that the build is not given, so that it fails there.</summary>
/// <param name="IsIgnored">Whether it is in the folder and the ignore file takes it out; else it is not there.</param>
public sealed record MissingSource(PlacedText Source, bool IsIgnored);
