namespace Plimsoll.Engine.Images.Writing;

/// <summary>Why a file cannot be written, for people.</summary>
public static class WriteProblem
{
    /// <summary>A few words without a full stop. Its path is not in them: .NET puts that of the draft, which says nothing to anybody, behind the reason.</summary>
    /// <param name="e">What the system says against it.</param>
    public static string Reason(Exception e) => e switch
    {
        DirectoryNotFoundException => "there is no such folder",
        UnauthorizedAccessException => "permission denied",
        _ => e.Message.Split(" : '")[0].TrimEnd('.'),
    };
}
