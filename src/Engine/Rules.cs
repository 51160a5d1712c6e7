namespace Plimsoll.Engine;

/// <summary>Which rules this engine reads images by.</summary>
public static class Rules
{
    /// <summary>
    /// Grows with every change of what a layer's index or a report holds, or of how it is found. What was made by another revision is made anew.
    /// </summary>
    public const int Revision = 4;
}
