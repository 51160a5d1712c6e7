namespace Plimsoll.Engine.Packages;

/// <summary>
/// A file cannot be read as what it is named. Thrown deep inside a reader; <see cref="PackageReaders"/> turns it into a note, and the
/// rest of the image is reported.
/// </summary>
/// <param name="reason">What is wrong with the file, as "it …".</param>
internal sealed class MalformedFileException(string reason, Exception? cause = null) : Exception(reason, cause);
