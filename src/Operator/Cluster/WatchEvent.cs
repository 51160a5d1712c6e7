namespace Plimsoll.Operator.Cluster;

internal enum WatchKind { Added, Modified, Deleted, Bookmark, Error, Undecodable }

/// <summary>One line of a watch.</summary>
/// <param name="Object">Null with a bookmark, an error, and what cannot be read.</param>
/// <param name="ResourceVersion">Where a watch may go on from; null with an error and with what cannot be read.</param>
/// <param name="Code">Of an error: the HTTP status that it stands for.</param>
/// <param name="Message">Of an error, and why something cannot be read.</param>
internal sealed record WatchEvent<T>(WatchKind Kind, T? Object, string? ResourceVersion, int? Code = null, string? Message = null)
    where T : class;
