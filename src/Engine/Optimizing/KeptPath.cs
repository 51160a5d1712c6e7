namespace Plimsoll.Engine.Optimizing;

/// <summary>A path of an unwanted category that stays.</summary>
public sealed record KeptPath(string Path, DropCategory Category, string Why);
