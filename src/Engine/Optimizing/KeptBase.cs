namespace Plimsoll.Engine.Optimizing;

/// <summary>The lowest layers, which stay as they are.</summary>
/// <param name="Why">How it is known that they are the base: a few words.</param>
public sealed record KeptBase(int Layers, string Why);
