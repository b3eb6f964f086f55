using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HGQ.Architecture.Tests;

/// <summary>
/// TorchSharp hands addresses to native code without keeping their owners alive (docs/memory-safety.md). So everything that does is called in
/// one namespace, where each operand lives until the call has returned.
/// </summary>
public sealed class MemorySafetyTests
{
    private const string Gateway = "HGQ.Runtime.Tensors.";
    private const string View = Gateway + "TensorView`1";
    private const string GradientNode = "HGQ.Runtime.Fused.FusedFunction";

    // These hand over no address of a tensor or a scalar: they work in managed code, on a SafeHandle, or dispose their own object.
    private static readonly HashSet<string> Managed =
    [
        "Tensor::get_IsInvalid", "Tensor::Dispose", "Tensor::DetachFromDisposeScope", "Tensor::MoveToOuterDisposeScope",
        "DisposeScope::MoveToOuter", "Parameter::.ctor",
        "torch::NewDisposeScope", "torch::no_grad", "torch::is_grad_enabled", "torch::get_default_dtype", "torch::manual_seed",
        "torch::set_num_threads", "torch::get_num_threads",
        "Module::.ctor", "Module::get_training", "Module::train", "Module::eval", "Module::register_buffer", "Module::register_module",
        "Module::register_parameter", "Module::parameters", "Module::named_parameters", "Module::state_dict",
    ];

    private static string Runtime { get; } = BuiltAssembly.All.Single(assembly => assembly.Name == "HGQ.Runtime").Path;

    private static string Tool { get; } = BuiltAssembly.All.Single(assembly => assembly.Name == "hgq").Path;

    [Fact]
    public void Native_code_is_called_only_where_owners_are_kept_alive() => Violations.AssertNone(
        from path in new[] { Runtime, Tool }
        from method in CompiledMethod.All(path)
        where !method.Type.StartsWith(Gateway, StringComparison.Ordinal) && method.Type != GradientNode
        from call in method.CallsOfTheLibrary
        where !Managed.Contains(CompiledMethod.ShortName(call.Member))
        select $"{method.Name} calls {CompiledMethod.ShortName(call.Member)} of TorchSharp; call what HGQ.Runtime.Tensors has in its place");

    [Fact]
    public void Every_operand_lives_until_the_call_has_returned() => Violations.AssertNone(
        from method in CompiledMethod.All(Runtime)
        where method.Type.StartsWith(Gateway, StringComparison.Ordinal) && method.Type != View
        let last = method.CallsOfTheLibrary.Where(call => call.Member.Name != "Dispose").Select(call => call.At).LastOrDefault()
        where last is not null
        from operand in method.Definition.Parameters
        where Owns(operand.ParameterType) && !IsKeptAfter(last, operand)
        select $"{method.Name}: '{operand.Name}' may be finalized during {((MethodReference)last.Operand).Name}; pass it to Keep.Alive");

    [Fact]
    public void A_view_keeps_its_tensor_until_it_is_disposed() => Assert.Contains(
        CompiledMethod.All(Runtime).Single(method => method.Type == View && method.Definition.Name == "Dispose").Definition.Body.Instructions,
        instruction => instruction.Operand is MethodReference { Name: "KeepAlive" });

    [Fact]
    public void What_is_called_makes_no_scalar_of_its_own()
    {
        ModuleDefinition library = ModuleDefinition.ReadModule(Path.Combine(Path.GetDirectoryName(Tool)!, "TorchSharp.dll"));
        Dictionary<string, MethodDefinition> members = library.GetTypes()
            .SelectMany(type => type.Methods)
            .ToDictionary(member => member.FullName);

        Violations.AssertNone(
            from method in CompiledMethod.All(Runtime)
            from call in method.CallsOfTheLibrary
            let member = members.GetValueOrDefault(call.Member.GetElementMethod().FullName)
            where member is not null && member.Name != "ToScalar"
            let maker = MakerOfAScalar(member, library, [])
            where maker is not null
            select $"{method.Name}: in {CompiledMethod.ShortName(call.Member)}, {maker} makes a scalar that nothing keeps alive; pass one of yours");
    }

    private static bool Owns(TypeReference type) => type.GetElementType().Name is "Tensor" or "Scalar" or "Module" or "Parameter";

    private static bool IsKeptAfter(Instruction call, ParameterDefinition operand)
    {
        for (Instruction? at = call.Next; at is not null; at = at.Next)
        {
            if (IsLoadOf(at, operand) && Following(at).Any(later => later.Operand is MethodReference { Name: "Alive" or "KeepAlive" }))
            {
                return true;
            }
        }

        return false;
    }

    // Only loads of arguments stand between an operand and the call that keeps it.
    private static IEnumerable<Instruction> Following(Instruction load)
    {
        Instruction at = load.Next;
        while (at.OpCode.Code is Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3 or Code.Ldarg_S or Code.Ldnull)
        {
            at = at.Next;
        }

        yield return at;
    }

    private static bool IsLoadOf(Instruction instruction, ParameterDefinition operand) => instruction.OpCode.Code switch
    {
        Code.Ldarg_0 => operand.Sequence == 0,
        Code.Ldarg_1 => operand.Sequence == 1,
        Code.Ldarg_2 => operand.Sequence == 2,
        Code.Ldarg_3 => operand.Sequence == 3,
        Code.Ldarg_S => instruction.Operand == operand,
        _ => false,
    };

    private static string? MakerOfAScalar(MethodDefinition member, ModuleDefinition library, HashSet<string> seen)
    {
        if (!member.HasBody || !seen.Add(member.FullName))
        {
            return null;
        }

        foreach (MethodReference called in member.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>())
        {
            if (called.DeclaringType.Name == "Scalar" && called.Name == "op_Implicit" || called.Name == "ToScalar")
            {
                return CompiledMethod.ShortName(member);
            }

            MethodDefinition? next = called.DeclaringType.GetElementType().Scope == library ? called.Resolve() : null;
            if (next is not null && MakerOfAScalar(next, library, seen) is { } maker)
            {
                return maker;
            }
        }

        return null;
    }
}
