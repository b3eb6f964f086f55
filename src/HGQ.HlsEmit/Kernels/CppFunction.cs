using System.Collections.Generic;

namespace HGQ.HlsEmit.Kernels;

/// <summary>A function of a layer's translation unit.</summary>
/// <param name="Result">Type it returns.</param>
/// <param name="Name">Name.</param>
/// <param name="Parameters">Parameters as C++.</param>
/// <param name="Lines">Body.</param>
/// <param name="Adders">Adders and roundings in the body, a measure of its size.</param>
/// <param name="HasLoop">Whether the body is a loop over positions.</param>
internal sealed record CppFunction(string Result, string Name, string Parameters, IReadOnlyList<string> Lines, int Adders, bool HasLoop);

/// <summary>A struct of a layer's header or translation unit.</summary>
/// <param name="Name">Name.</param>
/// <param name="Members">Declarations of the members.</param>
internal sealed record CppStruct(string Name, IReadOnlyList<CppMember> Members);

/// <summary>Members of one type.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Names">Their names, arrays with their size.</param>
/// <param name="IsArray">Whether they are arrays.</param>
internal sealed record CppMember(string Type, IReadOnlyList<string> Names, bool IsArray);
