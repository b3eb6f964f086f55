using System.Collections.Generic;
using System.Globalization;
using Onnx;

namespace HGQ.Import.Emission.Qonnx;

/// <summary>A function of ONNX under construction: its nodes are standard operators.</summary>
internal sealed class FunctionBody
{
    private readonly FunctionProto _function;

    public FunctionBody(string domain, string name, int operatorSet, IEnumerable<string> inputs)
    {
        _function = new FunctionProto { Domain = domain, Name = name };
        _function.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = operatorSet });
        _function.Input.AddRange(inputs);
    }

    /// <summary>A node; answers its result.</summary>
    public string Node(string type, params string[] inputs) => Add(type, inputs, null);

    // A list, since single zeros are not stored by this version of protobuf, which readers take for missing.
    public string Number(float value) => Add("Constant", [], new AttributeProto
    {
        Name = "value_floats",
        Type = AttributeProto.Types.AttributeType.Floats,
        Floats = { value },
    });

    /// <summary>1 − an attribute that is 0 or 1: the number of axes from that one on, which also holds where a 0 is not stored.</summary>
    public string OneMinus(string attribute)
    {
        Declare(attribute);
        string list = Add("Constant", [], new AttributeProto
        {
            Name = "value_ints",
            Type = AttributeProto.Types.AttributeType.Ints,
            Ints = { 0, 0 },
        });
        return Real(Node("Size", Add("Shape", [list], new AttributeProto
        {
            Name = "start",
            Type = AttributeProto.Types.AttributeType.Int,
            RefAttrName = attribute,
        })));
    }

    public string Real(string x) => Add("Cast", [x], new AttributeProto
    {
        Name = "to",
        Type = AttributeProto.Types.AttributeType.Int,
        I = (long)TensorProto.Types.DataType.Float,
    });

    /// <summary>The function, with this result.</summary>
    public FunctionProto Returning(string result)
    {
        _function.Output.Add(result);
        return _function;
    }

    /// <summary>Takes an attribute that calls have.</summary>
    public void Declare(string attribute)
    {
        if (!_function.Attribute.Contains(attribute))
        {
            _function.Attribute.Add(attribute);
        }
    }

    private string Add(string type, string[] inputs, AttributeProto? attribute)
    {
        string output = string.Create(CultureInfo.InvariantCulture, $"v{_function.Node.Count}");
        var node = new NodeProto { OpType = type, Output = { output } };
        node.Input.AddRange(inputs);
        if (attribute is not null)
        {
            node.Attribute.Add(attribute);
        }

        _function.Node.Add(node);
        return output;
    }
}
