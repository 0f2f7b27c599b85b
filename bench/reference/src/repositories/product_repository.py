"""Product Repository - Data Access Layer"""
import os
from typing import Any, Dict, List

import boto3
from boto3.dynamodb.conditions import Key

from src.models.product import Product


class ProductRepository:
    def __init__(self):
        dynamodb = boto3.resource("dynamodb")
        table_name = os.environ.get("DYNAMODB_TABLE", "products-dev")
        self.table = dynamodb.Table(table_name)

    def _build_pk(self, product_id: str) -> str:
        return f"PRODUCT#{product_id}"

    def _build_sk(self) -> str:
        return "METADATA"

    def _item_to_product(self, item: Dict[str, Any]) -> Product:
        item.pop("PK", None)
        item.pop("SK", None)
        return Product(**item)

    def list_active_products(self) -> List[Product]:
        response = self.table.query(
            IndexName="ActiveProductsIndex",
            KeyConditionExpression=Key("active").eq("true"),
            ScanIndexForward=False,
        )
        items = response.get("Items", [])
        return [self._item_to_product(item) for item in items]

    def create(self, product: Product) -> Product:
        item = product.model_dump()
        item["PK"] = self._build_pk(product.productId)
        item["SK"] = self._build_sk()
        self.table.put_item(Item=item)
        return product
