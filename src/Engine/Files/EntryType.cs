namespace Plimsoll.Engine.Files;

/// <summary>What a tar entry is (POSIX ustar type flags 0–6).</summary>
public enum EntryType : byte
{
    File,
    HardLink,
    SymbolicLink,
    CharacterDevice,
    BlockDevice,
    Directory,
    Fifo,
}
