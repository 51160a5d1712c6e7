namespace Plimsoll.Engine.Images.Writing;

/// <summary>Why a file cannot be written, for people.</summary>
public static class WriteProblem
{
    internal const string Circle = "its links lead in a circle";

    /// <summary>A few words without a full stop. Its path is not in them: .NET puts that of the draft, which says nothing to anybody, behind the reason.</summary>
    /// <param name="e">What the system says against it.</param>
    public static string Reason(Exception e) => e switch
    {
        DirectoryNotFoundException => "there is no such folder",
        _ when IsCircle(e) => Circle,
        UnauthorizedAccessException => "permission denied",
        ArgumentException => "it is no name of a file",
        _ => e.Message.Split(" : '")[0].TrimEnd('.'),
    };

    /// <summary>Whether links that lead to one another are what is in the way: ELOOP, as Linux and as macOS number it.</summary>
    internal static bool IsCircle(Exception e) => e is IOException && e.HResult == (OperatingSystem.IsMacOS() ? 62 : 40);
}
